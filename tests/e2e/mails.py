"""Mails that end-to-end tests write: one that is good, and what can be wrong with it."""

TO, CC = "li.qiang@lantu-trade.cn", "chen.xiao@lantu-trade.cn"
SUBJECT = "【确认】补寄配件的数量-ASIN B08XYZ1234"
HELLO = "李强\uff0c您好\uff1a"
ASK = "为了给客户补寄配件\uff0c请您在明天17:00前确认 ASIN {asin} 的配件数量\u3002"
GOOD = [HELLO, ASK.format(asin="B08XYZ1234")]
BLUNT = [*GOOD, "这件事请马上处理\u3002"]
# An O for a 0, and an ID number: both can be fixed unread.
BAD = [HELLO, ASK.format(asin="BO8XYZ1234"), "客户身份证号\uff1a11010519491231002X\u3002"]
FIXED = [HELLO, ASK.format(asin="B08XYZ1234"), "客户身份证号\uff1a110105********002X\u3002"]
SIGNATURE = ["王芳", "运营助理", "蓝途贸易有限公司", "电话\uff1a0755-8888 6666 转 208"]
REASON = "客户在电话里催过两次"
