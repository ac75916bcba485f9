"""Cities of the simulated coal world with their counties and the size of their coal use."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CITIES", "PROVINCES", "CoalCity", "city_of"]

PROVINCES = {"610000": "陕西省", "140000": "山西省"}


@dataclass(frozen=True)
class CoalCity:
    """A city: above-scale coal use of 2024 [10⁴ t], growth of the years after, firms by kind, counties.

    `growth` holds the change of 2025 and of 2026 on the year before [%] of the firms that stay;
    `ratio_2020` is the whole society's use of 2020 relative to 2025.
    """

    code: str
    name: str
    above_scale_wan_t: int
    growth: tuple[float, float]
    ratio_2020: float
    firms: str
    counties: tuple[str, ...]
    cumulative: bool = False

    @property
    def province_code(self) -> str:
        """Code of its province."""
        return self.code[:2] + "0000"

    @property
    def full_name(self) -> str:
        """Name as forms write it."""
        return self.name + "市"


def _counties(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# Firms: P power, H heat, K coking, C chemicals, B building materials, W washing, S steel, L liquefaction,
# G power from gangue, F food and paper. The first county in each list takes no firm by chance alone.
CITIES = (
    CoalCity("610100", "西安", 960, (-1.5, -3.0), 1.12, "PPPPHHHHHCBFF", _counties(
        "新城区 碑林区 莲湖区 灞桥区 未央区 雁塔区 阎良区 临潼区 长安区 高陵区 鄠邑区 蓝田县 周至县")),
    CoalCity("610200", "铜川", 620, (2.0, -0.4), 1.03, "PPHBBBBB", _counties("王益区 印台区 耀州区 宜君县")),
    CoalCity("610300", "宝鸡", 900, (-1.8, -2.2), 1.06, "PPPHHCCBBBF", _counties(
        "渭滨区 金台区 陈仓区 凤翔区 岐山县 扶风县 眉县 陇县 千阳县 麟游县 凤县 太白县"), True),
    CoalCity("610400", "咸阳", 1400, (-1.0, -1.6), 1.04, "PPPPHHHCCBBBFF", _counties(
        "秦都区 渭城区 三原县 泾阳县 乾县 礼泉县 永寿县 长武县 旬邑县 淳化县 武功县 兴平市 彬州市 杨陵区")),
    CoalCity("610500", "渭南", 3200, (-0.9, -0.8), 1.05, "PPPPPHHCCKKKBBB", _counties(
        "临渭区 华州区 潼关县 大荔县 合阳县 澄城县 蒲城县 白水县 富平县 华阴市 韩城市")),
    CoalCity("140100", "太原", 2900, (-2.6, -2.4), 1.09, "PPPHHHKSBC", _counties(
        "小店区 迎泽区 杏花岭区 尖草坪区 万柏林区 晋源区 清徐县 阳曲县 娄烦县 古交市")),
    CoalCity("140300", "阳泉", 900, (-1.2, -1.0), 1.02, "PPGHCB", _counties("城区 矿区 郊区 平定县 盂县")),
    CoalCity("140400", "长治", 3600, (0.8, -1.1), 0.97, "PPPHHKKCLSWB", _counties(
        "潞州区 上党区 屯留区 潞城区 襄垣县 平顺县 黎城县 壶关县 长子县 武乡县 沁县 沁源县"), True),
    CoalCity("140500", "晋城", 1900, (-0.7, 2.4), 1.01, "PPHGCCCCBB", _counties(
        "城区 沁水县 阳城县 陵川县 泽州县 高平市")),
    CoalCity("140700", "晋中", 2200, (-1.4, 1.5), 1.06, "PPPHHKKCBW", _counties(
        "榆次区 太谷区 榆社县 左权县 和顺县 昔阳县 寿阳县 祁县 平遥县 灵石县 介休市")),
    CoalCity("140800", "运城", 2100, (-2.0, -1.2), 1.08, "PPPHHKKSCCBBF", _counties(
        "盐湖区 临猗县 万荣县 闻喜县 稷山县 新绛县 绛县 垣曲县 夏县 平陆县 芮城县 永济市 河津市")),
    CoalCity("141000", "临汾", 3400, (-2.2, -1.9), 1.07, "PPPHHKKKKSCBW", _counties(
        "尧都区 曲沃县 翼城县 襄汾县 洪洞县 古县 安泽县 浮山县 吉县 乡宁县 大宁县 隰县 永和县 蒲县 汾西县 侯马市 霍州市"
    ), True),
    CoalCity("141100", "吕梁", 4200, (-0.6, 1.6), 0.98, "PPPHHKKKKKCBW", _counties(
        "离石区 文水县 交城县 兴县 临县 柳林县 石楼县 岚县 方山县 中阳县 交口县 孝义市 汾阳市")),
)  # fmt: skip

_BY_CODE = {city.code: city for city in CITIES}


def city_of(code: str) -> CoalCity:
    """Give the city of a code."""
    return _BY_CODE[code]
