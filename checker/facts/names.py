"""What names look like: Chinese surnames with their sound, titles and forms of address."""

from __future__ import annotations

import re

# The commonest surnames in China (the name reports of the Ministry of Public Security list the first hundred), with the
# spellings that stand in mail addresses.
_SOUNDS = (
    "王wang 李li/lee 张zhang/chang 刘liu/lau 陈chen/chan 杨yang/yeung 黄huang/wong 赵zhao/chao 吴wu/ng "
    "周zhou/chow 徐xu/hsu 孙sun 马ma 朱zhu/chu 胡hu 郭guo/kuo 何he/ho 高gao/kao 林lin/lam 罗luo/lo 郑zheng/cheng "
    "梁liang/leung 谢xie/hsieh 宋song 唐tang 许xu/hsu 韩han 冯feng/fung 邓deng/tang 曹cao/tsao 彭peng "
    "曾zeng/tseng 肖xiao 田tian 董dong/tung 袁yuan 潘pan 于yu 蒋jiang/chiang 蔡cai/tsai/choi 余yu 杜du "
    "叶ye/yeh/ip 程cheng 苏su 魏wei 吕lv/lu/lyu 丁ding 任ren 沈shen 姚yao 卢lu 姜jiang 崔cui 钟zhong 谭tan 陆lu "
    "汪wang 范fan 金jin 石shi 廖liao 贾jia 夏xia 韦wei 付fu 傅fu 方fang 白bai 邹zou 孟meng 熊xiong 秦qin 邱qiu "
    "江jiang 尹yin 薛xue 闫yan 阎yan 段duan 雷lei 侯hou 龙long 史shi 陶tao 黎li/lai 贺he 顾gu 毛mao 郝hao 龚gong "
    "邵shao 万wan 钱qian 严yan 覃qin/tan 武wu 戴dai 莫mo 孔kong 向xiang 汤tang 温wen 康kang 施shi 文wen 牛niu "
    "樊fan 葛ge 邢xing 安an 齐qi 易yi 乔qiao 伍wu 庞pang 颜yan 倪ni 庄zhuang 聂nie 章zhang 鲁lu 岳yue 翟zhai "
    "殷yin 詹zhan 申shen 欧ou 耿geng 关guan 兰lan 焦jiao 俞yu 左zuo 柳liu 甘gan 祝zhu 包bao 宁ning 尚shang 符fu "
    "舒shu 阮ruan 柯ke 纪ji 梅mei 童tong 凌ling 毕bi 单shan 季ji 裴pei 霍huo 涂tu 成cheng 苗miao 谷gu 曲qu "
    "盛sheng 冉ran 翁weng 蓝lan 路lu 游you 辛xin 靳jin 管guan 柴chai 蒙meng 鲍bao 华hua 喻yu 祁qi 欧阳ouyang "
    "司马sima 上官shangguan 诸葛zhuge 慕容murong 东方dongfang 皇甫huangfu 尉迟yuchi 司徒situ 令狐linghu "
)
_ENTRY = re.compile(r"([\u4e00-\u9fff]+)([a-z/]+)")
SURNAMES: dict[str, tuple[str, ...]] = {m[1]: tuple(m[2].split("/")) for m in _ENTRY.finditer(_SOUNDS)}
_DOUBLE = "|".join(name for name in SURNAMES if len(name) > 1)
SURNAME = rf"(?:{_DOUBLE}|[{''.join(name for name in SURNAMES if len(name) == 1)}])"

# Titles that people are called by, behind a surname; the second column is what people.csv may say for them.
TITLES: dict[str, tuple[str, ...]] = {
    "经理": ("经理", "manager"),
    "主管": ("主管", "supervisor", "manager", "lead"),
    "总监": ("总监", "director", "head"),
    "总": ("总", "董事", "ceo", "coo", "cfo", "cto", "vp", "director", "president", "founder", "创始"),
    "组长": ("组长", "leader", "lead"),
    "部长": ("部长", "director", "head"),
    "主任": ("主任", "director"),
    "店长": ("店长",),
    "会计": ("会计", "财务", "account", "finance"),
    "工": ("工程", "engineer", "研发", "技术"),
}
# Forms of address that tell nothing about a person but the surname.
HONORIFICS = ("先生", "女士", "小姐", "太太", "老师", "老板", "同学", "同事", "哥", "姐", "博士", "律师", "师傅")

CHINESE_NAME = re.compile(rf"(?:{SURNAME})[\u4e00-\u9fff]{{1,2}}")
_SURNAME = re.compile(SURNAME)
_LATIN_WORD = re.compile(r"[a-z]+")


def surname_of(name: str) -> str:
    """The surname of a Chinese name; "" when it does not begin with one."""
    found = _SURNAME.match(name)
    return found[0] if found else ""


def latin_words(text: str) -> tuple[str, ...]:
    """Latin letter runs of a display name or local part, in lower case."""
    return tuple(_LATIN_WORD.findall(text.lower()))
